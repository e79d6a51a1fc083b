package dev.sallyport.config.options;

import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether a file holds revocation lists, at start. */
@FunctionalInterface
public interface RevocationFileCheck {

  /**
   * @param authorities the file of those of whom one must have signed each list; empty when they
   *     cannot be known yet
   */
  void check(Path lists, Optional<Path> authorities) throws InvalidFileException;
}
