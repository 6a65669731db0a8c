// Checks signatures where a browser's WebCrypto has no Ed25519; loaded only then. As the edge's own check does,
// it takes neither a signature that could be written otherwise, nor a key under which anybody can sign.

import { verifyAsync } from "@noble/ed25519";

export const fits = (key, signature, message) => verifyAsync(signature, message, key, { zip215: false });
