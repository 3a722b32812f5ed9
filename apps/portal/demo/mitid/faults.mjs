// Answers that a good client must refuse, for the tests: asked for one at a time by POST /faults?next=NAME.
import { generateKeyPair, SignJWT, decodeJwt, decodeProtectedHeader } from 'jose'

const stranger = await generateKeyPair('RS256', { extractable: true })
const seconds = () => Math.floor(Date.now() / 1000)
const shifted = (by, claims) => ({ ...claims, iat: seconds() + by - 60, exp: seconds() + by })
const unsigned = (part) => Buffer.from(JSON.stringify(part)).toString('base64url')

// What is done to the claims; they are signed again with the provider's own key.
const CLAIMS = {
  'expired': (claims) => shifted(-600, claims),
  'late-by-110': (claims) => shifted(-110, claims),
  'late-by-200': (claims) => shifted(-200, claims),
  'early-by-110': (claims) => ({ ...claims, iat: seconds() + 110, exp: seconds() + 400 }),
  'early-by-200': (claims) => ({ ...claims, iat: seconds() + 200, exp: seconds() + 400 }),
  'no-expiry': ({ exp, ...claims }) => claims,
  'wrong-audience': (claims) => ({ ...claims, aud: 'somebody-else' }),
  'several-audiences': (claims) => ({ ...claims, aud: [claims.aud, 'somebody-else'] }),
  'wrong-party': (claims) => ({ ...claims, aud: [claims.aud, 'somebody-else'], azp: 'somebody-else' }),
  'wrong-issuer': (claims) => ({ ...claims, iss: `${claims.iss}/` }),
  'old-login': (claims) => ({ ...claims, auth_time: seconds() - 3600 }),
  'strange-login-time': (claims) => ({ ...claims, auth_time: 'now' }),
  'no-login-time': ({ auth_time, ...claims }) => claims,
  'old-nonce': (claims, seen) => ({ ...claims, nonce: seen.nonce ?? 'of-another-login' }),
  'no-nonce': ({ nonce, ...claims }) => claims,
  'low-assurance': (claims) => ({ ...claims, loa: 'https://data.gov.dk/concept/core/nsis/Low' }),
  'no-assurance': ({ loa, ...claims }) => claims,
  'unknown-assurance': (claims) => ({ ...claims, loa: 'https://data.gov.dk/concept/core/nsis/Substantial2' }),
  'other-subject': (claims) => ({ ...claims, sub: `${claims.sub}-not` }),
  'no-subject': ({ sub, ...claims }) => claims,
}

// What is done to the whole token.
const TOKENS = {
  'wrong-key': (claims, header) => new SignJWT(claims).setProtectedHeader(header).sign(stranger.privateKey),
  'unknown-key': (claims, header) => new SignJWT(claims).setProtectedHeader({ ...header, kid: 'strange' }).sign(stranger.privateKey),
  'alg-none': async (claims) => `${unsigned({ alg: 'none' })}.${unsigned(claims)}.`,
  'alg-hmac': (claims, header, secret) => new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(secret)),
  'not-a-token': async () => 'x.y.z',
  'no-token': async () => undefined,
}

const wait = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds) })
const PLACES = { discovery: '/.well-known/openid-configuration', keys: '/jwks', token: '/token', userinfo: '/me' }

export const faulty = (signingKey, secret) => {
  let next = ''
  const seen = {}
  const counts = {}
  return async (ctx, proceed) => {
    if (ctx.path === '/faults') {
      if (ctx.method === 'POST') next = ctx.query.next ?? ''
      ctx.body = { next, counts }
      return
    }
    counts[ctx.path] = (counts[ctx.path] ?? 0) + 1
    const [name, places] = next.split(':')
    const isHere = (places ?? '').split(',').some((place) => ctx.path === PLACES[place])
    if (isHere && name === 'hanging') await wait(60_000)
    if (isHere && name === 'dripping') return drip(ctx)
    if (isHere && name === 'slow') await wait(700)
    if (isHere && name === 'failing') { ctx.status = 500; ctx.body = 'down'; return }
    if (isHere && name === 'huge') { ctx.body = 'x'.repeat(3_000_000); return }
    if (isHere && name === 'redirecting') { ctx.redirect('http://127.0.0.1:9/'); return }
    if (isHere && name === 'nonsense') { ctx.body = '["not", "an", "object"]'; ctx.type = 'json'; return }
    await proceed()
    if (ctx.path === PLACES.userinfo && name === 'no-assurance') ctx.body = CLAIMS[name](ctx.body)
    if (ctx.path === PLACES.token && ctx.body?.id_token) ctx.body = { ...ctx.body, id_token: await spoilt(ctx.body.id_token, name) }
  }

  async function spoilt(token, name) {
    const claims = decodeJwt(token)
    const header = decodeProtectedHeader(token)
    const change = CLAIMS[name]
    const answer = TOKENS[name] ? await TOKENS[name](claims, header, secret)
      : change ? await new SignJWT(change(claims, seen)).setProtectedHeader(header).sign(signingKey) : token
    seen.nonce = claims.nonce
    return answer
  }

  async function drip(ctx) {
    ctx.respond = false
    ctx.res.on('error', () => {})
    ctx.res.writeHead(200, { 'content-type': 'application/json' })
    while (!ctx.res.destroyed) { ctx.res.write(' '); await wait(100) }
  }
}
