// What is from this day of any year, on the home page. Without this there is a link to all days.
{
  const door = document.querySelector("[data-days]");
  const MOST = 3;

  // The page of the last day up to now that has articles; none when no article is dated to the day.
  function lastAnniversary(months, now) {
    for (let back = 0; back < 366; back++) {
      const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
      if (months[date.getMonth()] & (1 << date.getDate())) {
        return [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
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

  const day = door && lastAnniversary(door.dataset.days.split(" ").map(Number), new Date());
  if (day) {
    const address = `${door.dataset.folder}${day}/`;
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => request.status === 200 && request.response && show(address, request.response);
    request.send();
  }
}
