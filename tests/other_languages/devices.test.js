import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";

import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";

const settings = ["--client-id", "example", "--user", "ada:Passw0rd!", "--devices", "2"];
const server = spawn("python", ["-m", "pytest_cognito_devices", ...settings]);

before(async () => {
  // It introduces itself as soon as it serves, with the variables that an SDK needs to find it.
  const [introduction] = await once(server.stdout, "data");
  for (const [, name, value] of String(introduction).matchAll(/^export (\w+)=(.*)$/gm)) {
    process.env[name] = value;
  }
});

after(() => server.kill());

test("shows my devices", async () => {
  const cognito = new CognitoIdentityProvider();
  const { AuthenticationResult } = await cognito.initiateAuth({
    ClientId: "example",
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "ada", PASSWORD: "Passw0rd!" },
  });
  const { Devices } = await cognito.listDevices({ AccessToken: AuthenticationResult.AccessToken });
  assert.equal(Devices.length, 2);
});
