// A call with the AWS SDK for JavaScript: node sdk.js OPERATION PARAMETERS
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";

const [operation, params] = process.argv.slice(2);
const method = operation[0].toLowerCase() + operation.slice(1);

const result = await new CognitoIdentityProvider()
  [method](JSON.parse(params))
  .then(({ $metadata, ...answer }) => ["answer", answer])
  .catch((error) => ["error", error.name, error.message]);
console.log(JSON.stringify(result));
