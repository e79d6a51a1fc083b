package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;
import java.nio.file.Path;

/**
 * What of tunnels is recorded.
 *
 * @param directory where the recordings go
 */
public record RecordingConfig(Path directory) {

  /**
   * @param folder where relative names start
   */
  static RecordingConfig parse(Fields fields, Path folder) {
    return new RecordingConfig(
        Values.path(fields, "directory", folder)
            .orElseGet(
                () -> {
                  fields.fault("directory", "missing (expected: a folder for the recordings)");
                  return folder;
                }));
  }
}
