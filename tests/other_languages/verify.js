// Tokens are verified with aws-jwt-verify: node verify.js WHO ACCESS_TOKEN ID_TOKEN
import { CognitoJwtVerifier } from "aws-jwt-verify";

const [who, accessToken, idToken] = process.argv.slice(2);
const { userPoolId, clientId } = JSON.parse(who);

const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
const keySet = await fetch(`${endpoint}/${userPoolId}/.well-known/jwks.json`);
const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: null });
verifier.cacheJwks(await keySet.json());

const access = await verifier.verify(accessToken);
const id = await verifier.verify(idToken);
console.log(
  JSON.stringify([
    `${access.token_use} ${access.username}`,
    `${id.token_use} ${id["cognito:username"]}`,
  ]),
);
