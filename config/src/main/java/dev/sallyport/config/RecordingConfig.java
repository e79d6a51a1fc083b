package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What of exec, attach and port-forward is recorded.
 *
 * @param directory where the recordings go; must be there
 * @param rules the first one that fits a caller holds; whom none fits is not recorded
 * @param limits how many of them are kept
 */
public record RecordingConfig(Path directory, List<RecordingRule> rules, RecordingLimits limits) {

  public RecordingConfig {
    rules = List.copyOf(rules);
  }

  /** What is recorded of a caller with these groups. */
  public RecordingLevel level(List<String> groups) {
    for (RecordingRule rule : rules) {
      if (rule.fits(groups)) {
        return rule.level();
      }
    }
    return RecordingLevel.NONE;
  }
}
