// Shows what needs passkeys where the browser has them: never at a bare number like 127.0.0.1,
// since a passkey belongs to a name.
const isName = !/^[\d.]+$|:/.test(location.hostname);
if (window.PublicKeyCredential && isName)
  for (const part of document.querySelectorAll("[data-if-passkeys]")) part.hidden = false;
