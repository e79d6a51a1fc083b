package dev.sallyport.config.flags;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read, in words for the person who named it. */
public final class Unreadable {
  private Unreadable() {}

  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    String message = e.getMessage();
    return message == null ? "it cannot be read" : message.lines().findFirst().orElse("");
  }
}
