package dev.sallyport.server.cli;

import dev.sallyport.api.bootstrap.BootstrapSecret;

/** Where the API keeps bootstrap tokens. */
final class TokenSecrets {
  static final String PATH = "/api/v1/namespaces/" + BootstrapSecret.NAMESPACE + "/secrets";

  private TokenSecrets() {}

  static String path(String tokenId) {
    return PATH + "/" + BootstrapSecret.nameOf(tokenId);
  }
}
