// The shop works without this file; it only saves a few clicks and guards against a double order.
document.documentElement.classList.add("js");

addEventListener("DOMContentLoaded", () => {
  document.querySelector(".error-summary")?.focus();
  submitCurrencyOnChange(document.getElementById("currency_form"));
  submitOnce(document.querySelector(".cart-checkout-form"));
});

/** Changing the currency by pointer submits at once. By arrow keys it must not: each press would load a page. */
function submitCurrencyOnChange(form) {
  if (!form) return;
  let browsing = false;
  form.addEventListener("keydown", (event) => {
    browsing = event.key !== "Enter";
  });
  form.addEventListener("pointerdown", () => {
    browsing = false;
  });
  form.addEventListener("change", () => {
    if (!browsing) form.requestSubmit();
  });
}

/** The first submit disables the button, so that a second click cannot order twice; coming back enables it again. */
function submitOnce(form) {
  const button = form?.querySelector("button");
  if (!button) return;
  const words = button.textContent;
  const show = (busy) => {
    button.disabled = busy;
    button.textContent = busy ? button.dataset.busy : words;
  };
  form.addEventListener("submit", () => show(true));
  addEventListener("pageshow", () => show(false));
}
