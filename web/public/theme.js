// Runs before the first paint so that a dark page never flashes white.
(function () {
  var wish = null;
  try {
    wish = localStorage.getItem("cambium.theme");
  } catch (refused) {
    // Storage is switched off: the system's wish is followed.
  }
  var dark = wish ? wish === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
