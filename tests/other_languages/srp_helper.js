// Somebody signs in twice with the AWS SDK and cognito-srp-helper: node srp_helper.js WHO
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import {
  createDeviceVerifier,
  createSecretHash,
  createSrpSession,
  signSrpSession,
  signSrpSessionWithDevice,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from "cognito-srp-helper";

const { userPoolId, clientId, clientSecret, username, password } = JSON.parse(process.argv[2]);
const cognito = new CognitoIdentityProvider();
const common = {
  USERNAME: username,
  SECRET_HASH: createSecretHash(username, clientId, clientSecret),
};

const start = (srp, device) =>
  cognito.initiateAuth(
    wrapInitiateAuth(srp, {
      ClientId: clientId,
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { ...common, ...device },
    }),
  );

const answer = (srp, { ChallengeName, Session }, device) =>
  cognito.respondToAuthChallenge(
    wrapAuthChallenge(srp, {
      ClientId: clientId,
      ChallengeName,
      Session,
      ChallengeResponses: { ...common, ...device },
    }),
  );

const seen = {};
const srp = createSrpSession(username, password, userPoolId, false);
const asked = await start(srp);
const { AuthenticationResult } = await answer(signSrpSession(srp, asked), asked);
const { DeviceGroupKey, DeviceKey } = AuthenticationResult.NewDeviceMetadata;
const { DeviceSecretVerifierConfig, DeviceRandomPassword } = createDeviceVerifier(
  DeviceKey,
  DeviceGroupKey,
);
seen.confirmed = await cognito.confirmDevice({
  AccessToken: AuthenticationResult.AccessToken,
  DeviceKey,
  DeviceSecretVerifierConfig,
});

const device = { DEVICE_KEY: DeviceKey };
const again = createSrpSession(username, password, userPoolId, false);
const askedAgain = await start(again, device);
const askedForDevice = await answer(signSrpSession(again, askedAgain), askedAgain, device);
const askedForProof = await answer(again, askedForDevice, device);
const proof = signSrpSessionWithDevice(again, askedForProof, DeviceGroupKey, DeviceRandomPassword);
seen.challenges = [askedAgain, askedForDevice, askedForProof].map((each) => each.ChallengeName);
const tokens = (await answer(proof, askedForProof, device)).AuthenticationResult;
seen.device = (await cognito.getDevice({ AccessToken: tokens.AccessToken, DeviceKey })).Device;
console.log(JSON.stringify(seen));
