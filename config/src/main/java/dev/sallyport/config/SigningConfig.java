package dev.sallyport.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the cluster's own authority signs with and what it publishes.
 *
 * @param authorities the CA of each signer of approved CertificateSigningRequests, by the signer's
 *     name; one that has none signs nothing
 * @param longest how long a signed certificate lasts at most, and unless its request says less
 * @param rootCa the bundle put into every namespace's kube-root-ca.crt
 */
public record SigningConfig(
    Map<String, KeyPairFiles> authorities, Duration longest, Optional<Path> rootCa) {

  public SigningConfig {
    authorities = Map.copyOf(authorities);
  }
}
