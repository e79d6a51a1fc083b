package dev.sallyport.server.cli;

import dev.sallyport.api.bootstrap.BootstrapToken;
import java.util.random.RandomGenerator;

/** Makes bootstrap tokens that nobody guesses: 82 random bits in the secret. */
final class RandomToken {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private RandomToken() {}

  /**
   * @param random a cryptographically strong source
   */
  static BootstrapToken next(RandomGenerator random) {
    return new BootstrapToken(
        letters(random, BootstrapToken.ID_LENGTH), letters(random, BootstrapToken.SECRET_LENGTH));
  }

  private static String letters(RandomGenerator random, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
