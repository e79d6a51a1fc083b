package dev.sallyport.authn.factory;

import dev.sallyport.authn.token.bootstrap.BootstrapSecretLookup;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup;

/**
 * What the store knows of tokens, answered from memory.
 *
 * @param serviceAccounts what service-account tokens are bound to
 * @param bootstrapSecrets what keeps bootstrap tokens
 */
public record StoredCredentials(
    ServiceAccountLookup serviceAccounts, BootstrapSecretLookup bootstrapSecrets) {}
