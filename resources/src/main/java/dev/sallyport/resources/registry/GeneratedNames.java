package dev.sallyport.resources.registry;

import java.security.SecureRandom;

/** Makes names of a prefix and five characters that do not form words. */
final class GeneratedNames {

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int RANDOM_LENGTH = 5;
  private static final int MAX_PREFIX = 63 - RANDOM_LENGTH;
  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedNames() {}

  static String of(String prefix) {
    int kept = Math.min(prefix.length(), MAX_PREFIX);
    StringBuilder name = new StringBuilder(kept + RANDOM_LENGTH).append(prefix, 0, kept);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
