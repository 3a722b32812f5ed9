// A real OpenID provider (the certified oidc-provider) with made-up people, for the demo and the tests.
// Everything is in memory and on this machine only; it ends with the process that started it.
//   node server.mjs --port 4010 --redirect http://localhost:8000/accounts/mitid/callback/ [--redirect ...] [--faults]
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { exportJWK, generateKeyPair, importJWK } from 'jose'
import Provider from 'oidc-provider'
import { CITIZENS, errorPage, loginPage } from './citizens.mjs'

const { values: options } = parseArgs({ options: {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: 'localhost' },
  redirect: { type: 'string', multiple: true, default: [] },
  client: { type: 'string', default: 'civic-forum' },
  faults: { type: 'boolean', default: false },
} })
const issuer = `http://${options.host}:${options.port}`
const secret = 'only-for-the-demo'

const pair = await generateKeyPair('RS256', { extractable: true })
const key = { ...await exportJWK(pair.privateKey), kid: 'demo', use: 'sig', alg: 'RS256' }

const claimsOf = (subject, who) => ({
  sub: subject,
  loa: who.level,
  birthdate: who.birthdate,
  postal_code: who.postal,
  municipality_code: who.municipality,
  identity_number: who.number.replace('-', ''),
  name_and_address_protection: who.isProtected,
  // Somebody who is protected is not named.
  ...(who.isProtected ? {} : { name: who.name }),
  address: { street_address: who.street, postal_code: who.postal, locality: who.city },
})
const subjectOf = (citizen) => `{${createHash('sha256').update(`demo ${citizen}`).digest('hex').slice(0, 32)}}`
const citizenOf = (subject) => Object.keys(CITIZENS).find((citizen) => subjectOf(citizen) === subject)

const provider = new Provider(issuer, {
  clients: [{
    client_id: options.client, client_secret: secret, redirect_uris: options.redirect,
    grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic',
  }],
  jwks: { keys: [key] },
  cookies: { keys: [createHash('sha256').update(secret).digest('hex')], names: { session: 'mitid_demo', interaction: 'mitid_demo_login', resume: 'mitid_demo_resume' } },
  pkce: { required: () => true, methods: ['S256'] },
  scopes: ['openid', 'mitid'],
  claims: {
    openid: ['sub'],
    mitid: ['loa', 'birthdate', 'postal_code', 'municipality_code', 'identity_number', 'name_and_address_protection', 'name', 'address'],
  },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, userinfo: { enabled: true }, rpInitiatedLogout: { enabled: false } },
  ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
  interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
  findAccount: (_ctx, subject) => {
    const citizen = citizenOf(subject)
    return citizen && { accountId: subject, claims: () => claimsOf(subject, CITIZENS[citizen]) }
  },
  // Nobody is asked twice: to log in is to consent.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
    grant.addOIDCScope('openid mitid')
    await grant.save()
    return grant
  },
  renderError: (ctx, out) => { ctx.type = 'html'; ctx.body = errorPage(out.error) },
})

const read = async (request) => {
  let text = ''
  for await (const chunk of request) if ((text += chunk).length > 1000) break
  return new URLSearchParams(text)
}

// The login page: choosing somebody is logging in.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/login/')) return next()
  if (ctx.method === 'GET') {
    const { uid } = await provider.interactionDetails(ctx.req, ctx.res)
    ctx.type = 'html'
    ctx.body = loginPage(`/login/${uid}`)
    return undefined
  }
  const citizen = (await read(ctx.req)).get('citizen')
  const result = Object.hasOwn(CITIZENS, citizen)
    ? { login: { accountId: subjectOf(citizen), remember: false } }
    : { error: 'access_denied', error_description: 'aborted' }
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result))
  ctx.status = 303
  return undefined
})

if (options.faults) {
  const { faulty } = await import('./faults.mjs')
  provider.use(faulty(await importJWK(key, 'RS256'), secret))
}

// The hosts of this machine only, whatever the name resolves to.
const server = createServer(provider.callback())
server.listen(Number(options.port), '127.0.0.1', () => console.log(`ready ${issuer}`))
server.on('error', (problem) => { console.error(problem.code); process.exit(1) })
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0))
// The end of standard input is the end of whoever started this, even if it was killed.
process.stdin.on('end', () => process.exit(0)).resume()
