package dev.sallyport.config;

/**
 * One thing that is wrong with what the server was given, told in one line.
 *
 * @param flag the flag as one types it, with its dashes: {@code --secure-port}
 * @param value what was given; never a secret's content, only its file's name
 * @param expected what would have been right, and where a file is concerned what is wrong with it
 */
public record Fault(String flag, String value, String expected) {

  @Override
  public String toString() {
    return flag + ": \"" + value + "\" (expected: " + expected + ")";
  }
}
