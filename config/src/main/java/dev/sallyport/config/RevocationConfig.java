package dev.sallyport.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which credentials are refused although they are good by themselves.
 *
 * @param resource whether CredentialRevocation objects are served and followed
 * @param clientCrl the revocation lists of the client authorities
 */
public record RevocationConfig(boolean resource, Optional<Path> clientCrl) {

  /** Whether anything can be called in at all. */
  public boolean enabled() {
    return resource || clientCrl.isPresent();
  }
}
