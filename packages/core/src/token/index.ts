export {
  EMBED_ALGORITHMS,
  type EmbedAlgorithm,
  type EmbedGrant,
  type EmbedSigningKey,
  signEmbedToken,
} from './sign-embed-token.ts'
