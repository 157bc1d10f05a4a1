// Signing in, at the start or again where one was when a token ended.
import { html, useState } from '../core/html.js';
import { t } from '../core/language.js';
import { session, signIn } from '../core/session.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { textOf } from '../ui/trouble.js';

function textFor(refusal) {
  if (refusal.status === 401) return t('signIn.wrong');
  if (refusal.type === 'NoProject') return t('signIn.noProject');
  return textOf(refusal);
}

function Form({ user: known = '', domain: knownDomain = 'Default' }) {
  const [user, setUser] = useState(known);
  const [password, setPassword] = useState('');
  const [domain, setDomain] = useState(knownDomain);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      await signIn({ user, password, domain });
    } catch (refusal) {
      setError(textFor(refusal));
      setBusy(false);
    }
  };
  return html`<form class="sign-in" onSubmit=${submit}>
    ${error && html`<p class="error" role="alert"><${Icon} name="alert" /><bdi>${error}</bdi></p>`}
    <div class="field"><label for="user">${t('signIn.user')}</label>
      <input id="user" name="username" autocomplete="username" autocapitalize="none" required autofocus=${!known} value=${user} onInput=${(event) => setUser(event.target.value)} /></div>
    <div class="field"><label for="password">${t('signIn.password')}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required autofocus=${Boolean(known)} value=${password} onInput=${(event) => setPassword(event.target.value)} /></div>
    <details><summary>${t('signIn.more')}</summary>
      <div class="field"><label for="domain">${t('signIn.domain')}</label>
        <input id="domain" name="domain" required value=${domain} onInput=${(event) => setDomain(event.target.value)} /></div></details>
    <button type="submit" class="primary" disabled=${busy}>${t('action.signIn')}</button>
  </form>`;
}

export function SignIn() {
  return html`<main class="gate" id="main"><div class="card">
    <h1><span class="mark" aria-hidden="true"></span>Isospin</h1>
    <${Form} />
  </div></main>`;
}

/** Over the page as it was left: what was being filled in stays. */
export function SignInAgain() {
  const { user } = session.get();
  return html`<${Dialog} title=${t('signIn.again')}>
    <div class="body"><p>${t('signIn.expired')}</p><${Form} user=${user?.name} domain=${user?.domain?.name} /></div>
  </${Dialog}>`;
}
