// Passkeys: shows the buttons where the browser can use them, and says what went wrong. allauth's scripts do the rest.
"use strict";

{
  const canUse = Boolean(window.PublicKeyCredential && navigator.credentials);
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = !canUse;
  for (const sentence of document.querySelectorAll("[data-passkey-unable]")) sentence.hidden = canUse;

  const failed = document.querySelector("[data-passkey-failed]");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (failed) failed.hidden = false;
  });
}
