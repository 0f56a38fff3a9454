// Somebody signs in twice with amazon-cognito-identity-js: node identity_js.js WHO
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";

const { userPoolId, clientId, username, password } = JSON.parse(process.argv[2]);

const pool = new CognitoUserPool({
  UserPoolId: userPoolId,
  ClientId: clientId,
  endpoint: process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER,
});
const user = new CognitoUser({ Username: username, Pool: pool });

const call = (method, ...args) =>
  new Promise((onSuccess, onFailure) => user[method](...args, { onSuccess, onFailure }));

const signIn = (Password) =>
  new Promise((resolve, reject) =>
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password }), {
      onSuccess: (session, userConfirmationNecessary) =>
        resolve({ session, userConfirmationNecessary }),
      onFailure: reject,
    }),
  );

const refresh = (session) =>
  new Promise((resolve, reject) =>
    user.refreshSession(session.getRefreshToken(), (error, refreshed) =>
      error ? reject(error) : resolve(refreshed),
    ),
  );

const seen = {};
seen.userConfirmationNecessary = (await signIn(password)).userConfirmationNecessary;
seen.before = await call("listDevices", 60, null);
seen.remembered = await call("setDeviceStatusRemembered");

const { session } = await signIn(password);
seen.deviceKey = session.getAccessToken().decodePayload().device_key;
seen.device = await call("getDevice");
seen.refreshed = (await refresh(session)).isValid();
seen.notRemembered = await call("setDeviceStatusNotRemembered");
seen.after = await call("listDevices", 60, null);
seen.forgotten = await call("forgetDevice");

await signIn("wrong").catch((error) => {
  seen.refused = [error.name, error.message];
});
console.log(JSON.stringify(seen));
