// Somebody signs in twice with Amplify: node --import ./page.js amplify.js WHO
import { Amplify } from "aws-amplify";
import {
  fetchAuthSession,
  fetchDevices,
  forgetDevice,
  rememberDevice,
  signIn,
  signOut,
} from "aws-amplify/auth";

const { userPoolId, clientId, username, password } = JSON.parse(process.argv[2]);

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId,
      userPoolClientId: clientId,
      userPoolEndpoint: process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER,
    },
  },
});

const seen = {};
seen.signedIn = (await signIn({ username, password })).isSignedIn;
seen.before = await fetchDevices();
await rememberDevice();
seen.remembered = await fetchDevices();
await signOut();

seen.signedInAgain = (await signIn({ username, password })).isSignedIn;
const { tokens } = await fetchAuthSession({ forceRefresh: true });
seen.deviceKey = tokens.accessToken.payload.device_key;
await forgetDevice();
seen.forgotten = await fetchDevices();
await signOut();

await signIn({ username, password: "wrong" }).catch((error) => {
  seen.refused = [error.name, error.message];
});
console.log(JSON.stringify(seen));
