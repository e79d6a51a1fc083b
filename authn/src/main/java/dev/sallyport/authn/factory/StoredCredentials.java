package dev.sallyport.authn.factory;

import dev.sallyport.authn.token.bootstrap.BootstrapSecretLookup;
import dev.sallyport.authn.token.serviceaccount.LegacyTokenUse;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup;

/**
 * What the store knows of tokens, answered from memory, and what it is told of them.
 *
 * @param serviceAccounts what service-account tokens are bound to
 * @param legacyTokenUse hears which tokens of secrets are used
 * @param bootstrapSecrets what keeps bootstrap tokens
 */
public record StoredCredentials(
    ServiceAccountLookup serviceAccounts,
    LegacyTokenUse legacyTokenUse,
    BootstrapSecretLookup bootstrapSecrets) {}
