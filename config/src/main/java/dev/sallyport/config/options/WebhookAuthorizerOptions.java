package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.Faults;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The webhook of the Webhook mode. */
final class WebhookAuthorizerOptions {
  private final Flag<Optional<Path>> file;
  private final Flag<ReviewVersion> version;
  private final Flag<Duration> authorizedTtl;
  private final Flag<Duration> unauthorizedTtl;

  WebhookAuthorizerOptions(FlagSection section) {
    file =
        section.flag(
            "authorization-webhook-config-file",
            FILE,
            "",
            "kubeconfig file of the webhook that the Webhook mode asks by SubjectAccessReview. Read"
                + " again when it, or a file it names, changes.");
    version =
        section.flag(
            "authorization-webhook-version",
            ValueType.choice(ReviewVersion.class, ReviewVersion::flagValue),
            "v1beta1",
            "The version of the SubjectAccessReview that the webhook is asked with: v1 or"
                + " v1beta1.");
    authorizedTtl =
        section.flag(
            "authorization-webhook-cache-authorized-ttl",
            DURATION,
            "5m0s",
            "How long the authorization webhook's yes holds; 0 asks every time.");
    unauthorizedTtl =
        section.flag(
            "authorization-webhook-cache-unauthorized-ttl",
            DURATION,
            "30s",
            "How long any other answer of the authorization webhook holds; 0 asks every time.");
  }

  Optional<WebhookAuthorizerConfig> toConfig(Faults faults) {
    ReviewVersion asked = version.read(faults);
    Duration yes = authorizedTtl.read(faults);
    Duration no = unauthorizedTtl.read(faults);
    return file.read(faults)
        .map(
            kubeconfig ->
                new WebhookAuthorizerConfig(
                    WebhookAuthorizerConfig.DEFAULT_NAME,
                    kubeconfig,
                    asked,
                    yes,
                    no,
                    WebhookAuthorizerConfig.DEFAULT_TIMEOUT,
                    false,
                    List.of()));
  }

  void checkFiles(GivenFiles files, FileCheck kubeconfig) {
    files.check(file, GivenFiles.KUBECONFIG, kubeconfig);
  }

  /** The flags that were given. */
  Stream<Flag<?>> given() {
    return Stream.<Flag<?>>of(file, version, authorizedTtl, unauthorizedTtl).filter(Flag::isSet);
  }
}
