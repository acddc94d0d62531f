// Who was invited chooses the first password. The link holds what proves it behind '#', which no server is sent.
import { acceptInvite } from "./client.js";
import { say } from "./messages.js";
import { newPassword } from "./new_password.js";
import { weaknessOf } from "./password_rules.js";
import { act } from "./session.js";
import { texts } from "./texts.js";
import { element, hideSecrets, show } from "./view.js";

const mark = "#invite=";
const input = element("invite").elements.new;
const wanted = newPassword(input, element("first-weakness"), () => weaknessOf(input.value, { current: "", userName: "" }));

/** Whether this visit is by such a link, which is then asked about. */
export function isInvited() {
  const invited = location.hash.startsWith(mark);
  element("invited").hidden = !invited;
  return invited;
}

/** In the language of the page. */
export const showInvite = () => wanted.show();

const submit = act(async () => {
  hideSecrets();
  if (wanted.refuse()) return;
  await acceptInvite(location.hash.slice(mark.length), input.value);
  element("invite").reset();
  leave();
  say("news", () => texts().passwordSet);
}, "invite-alarm");

/** Nothing of the link stays, in the address or in what the browser remembers of it. */
function leave() {
  history.replaceState(null, "", location.pathname + location.search);
  isInvited();
  show();
  element("username").focus();
}

element("invite").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
showInvite();
