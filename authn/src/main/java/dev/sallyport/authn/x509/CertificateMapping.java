package dev.sallyport.authn.x509;

import dev.sallyport.authn.AuthenticationResult;

/** What a certificate says about its holder, once its authority is trusted. Any thread. */
@FunctionalInterface
public interface CertificateMapping {

  /** Abstained when it names nobody, rejected when it may not be used. */
  AuthenticationResult of(ClientCertificate certificate);
}
