package dev.sallyport.config.routes;

import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLevel;
import dev.sallyport.config.RecordingLimits;
import dev.sallyport.config.RecordingRule;
import dev.sallyport.config.document.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the field {@code recording} of a route. */
final class RecordingReader {

  private RecordingReader() {}

  /**
   * @param folder where relative names start
   */
  static Optional<RecordingConfig> parse(Fields route, Path folder) {
    if (!route.has("recording")) {
      return Optional.empty();
    }
    Fields fields = route.object("recording");
    Optional<Path> directory = Values.path(fields, "directory", folder);
    if (directory.isEmpty()) {
      fields.fault("directory", "missing (expected: a folder for the recordings)");
    }
    List<RecordingRule> rules = new ArrayList<>();
    for (Fields rule : fields.objects("rules")) {
      rules.add(
          new RecordingRule(
              rule.texts("groups"),
              Values.choice(rule, "record", RecordingLevel.values(), RecordingLevel.OUTPUT)));
    }
    if (!fields.has("rules")) {
      rules.add(RecordingRule.EVERYBODYS_OUTPUT);
    }
    return Optional.of(new RecordingConfig(directory.orElse(folder), rules, limits(fields)));
  }

  private static RecordingLimits limits(Fields fields) {
    return new RecordingLimits(
        Values.number(fields, "maxSize", 0, Integer.MAX_VALUE, 0),
        Values.number(fields, "maxAge", 0, Integer.MAX_VALUE, 0),
        Values.number(fields, "maxFiles", 0, Integer.MAX_VALUE, 0));
  }
}
