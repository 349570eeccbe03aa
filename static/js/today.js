// What is from about this day of any year, on the home page. Without this there is a link to all days.
{
  const door = document.querySelector("[data-days]");
  const MOST = 3;

  // The page of the day nearest to this one that has articles, this one itself or the earlier first; "" for none.
  function nearestDay(months, now) {
    for (let away = 0; away < 366; away++) {
      for (const days of [-away, away]) {
        const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
        if (months[date.getMonth()] & (1 << date.getDate())) {
          return [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
        }
      }
    }
    return "";
  }

  function show(address, page) {
    const heading = page.querySelector("h1");
    const which = door.querySelector(".which");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = heading.textContent;
    which.replaceChildren(link);
    for (const line of [...page.querySelectorAll("[data-item]")].slice(0, MOST)) {
      const year = line.closest("section").querySelector("h2").textContent;
      const article = line.querySelector("a").cloneNode(true);
      const shown = document.createElement("li");
      shown.append(`${year} `, article);
      door.querySelector("ul").append(shown);
    }
  }

  const day = door && nearestDay(door.dataset.days.split(" ").map(Number), new Date());
  if (day) {
    const address = `${door.dataset.folder}${day}/`;
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => request.status === 200 && request.response && show(address, request.response);
    request.send();
  }
}
