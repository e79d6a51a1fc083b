package dev.sallyport.config.options;

import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.List;

/** Looks whether a file holds a good AuthenticationConfiguration, beside what flags say. */
@FunctionalInterface
public interface IssuerFileCheck {

  /**
   * @param serviceAccountIssuers issuers that are this server's own
   * @param anonymousByFlag whether a flag speaks of anonymous requests already
   */
  void check(Path file, List<String> serviceAccountIssuers, boolean anonymousByFlag)
      throws InvalidFileException;
}
