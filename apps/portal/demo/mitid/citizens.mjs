// The made-up people of the test provider. Their identity numbers cannot be real: there is no month 13.
export const SUBSTANTIAL = 'https://data.gov.dk/concept/core/nsis/Substantial'
export const LOW = 'https://data.gov.dk/concept/core/nsis/Low'

const citizen = (name, number, birthdate, street, postal, city, municipality, more = {}) => ({
  name, number, birthdate, street, postal, city, municipality, level: SUBSTANTIAL, isProtected: false, ...more,
})

export const CITIZENS = {
  a: citizen('Asta Testesen', '011391-9901', '1991-02-27', 'Fyrvej 113', '9981', 'Klintmose', '0999',
    { da: 'bor i kommunen', en: 'lives in the municipality' }),
  b: citizen('Bo Testesen', '021384-9902', '1984-11-19', 'Hemmelig Sti 7', '9982', 'Havby', '0999',
    { isProtected: true, da: 'bor i kommunen, har navne- og adressebeskyttelse', en: 'lives in the municipality, name and address protected' }),
  c: citizen('Clara Testesen', '031377-9903', '1977-05-08', 'Landevejen 41', '7990', 'Andetsted', '0998',
    { da: 'bor i en anden kommune', en: 'lives in another municipality' }),
  d: citizen('Dan Testesen', '041369-9904', '1969-08-30', 'Fyrvej 27', '9981', 'Klintmose', '0999',
    { level: LOW, da: 'logger ind på det laveste niveau', en: 'logs in at the lowest level' }),
  e: citizen('Elin Testesen', '051355-9905', '1955-01-14', 'Havnegade 3', '9982', 'Havby', '0999',
    { da: 'bor i kommunen', en: 'lives in the municipality' }),
}

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const page = (body) => `<!doctype html><html lang="da"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>MitID (demo)</title><style>
:root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1.5rem}
.warning{border:.2rem solid #b45309;border-radius:.5rem;padding:.75rem 1rem}
button{display:block;width:100%;text-align:left;font:inherit;padding:.75rem 1rem;margin:.5rem 0;border:1px solid;border-radius:.5rem;
cursor:pointer}button:focus-visible{outline:.2rem solid #2563eb;outline-offset:.2rem}small{display:block}</style><main>${body}</main></html>`

export const loginPage = (action) => page(`<h1>MitID (demo)</h1>
<p class="warning"><strong>Det her er ikke MitID.</strong> Personerne er opdigtede testidentiteter. Skriv ingen rigtige oplysninger.<br>
<span lang="en"><strong>This is not MitID.</strong> These people are made-up test identities. Enter nothing real.</span></p>
<form method="post" action="${escape(action)}"><h2>Log ind som / <span lang="en">log in as</span></h2>
${Object.entries(CITIZENS).map(([key, who]) => `<button name="citizen" value="${key}">${escape(who.name)}
<small>${escape(who.da)} / <span lang="en">${escape(who.en)}</span></small></button>`).join('\n')}
<button name="citizen" value="abort">Afbryd / <span lang="en">Cancel</span></button></form>`)

export const errorPage = (code) => page(`<h1>MitID (demo)</h1>
<p>Det gik ikke / <span lang="en">That did not work</span>: <code>${escape(code)}</code></p>`)
