package dev.sallyport.proxy.factory;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;

/** A file with a token. */
final class BearerToken {

  private BearerToken() {}

  /**
   * The Authorization header's value.
   *
   * @throws InvalidFileException when it holds none; the message does not quote it
   */
  static String authorization(FileContent content) throws InvalidFileException {
    String token = new String(content.bytes(), StandardCharsets.UTF_8).trim();
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) <= ' ' || token.charAt(i) >= 0x7f) {
        throw new InvalidFileException(content.file(), "holds no token (expected: one line)");
      }
    }
    if (token.isEmpty()) {
      throw new InvalidFileException(content.file(), "is empty (expected: a bearer token)");
    }
    return "Bearer " + token;
  }
}
