package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.Faults;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.TokenWebhookConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The webhook that is asked whose a bearer token is. */
final class TokenWebhookOptions {
  private final Flag<Optional<Path>> file;
  private final Flag<ReviewVersion> version;
  private final Flag<Duration> cacheTtl;

  TokenWebhookOptions(FlagSection section) {
    file =
        section.flag(
            "authentication-token-webhook-config-file",
            FILE,
            "",
            "kubeconfig file of a webhook that is asked by TokenReview whose a bearer token is."
                + " Read again when it, or a file it names, changes.");
    version =
        section.flag(
            "authentication-token-webhook-version",
            ValueType.choice(ReviewVersion.class, ReviewVersion::flagValue),
            "v1beta1",
            "The version of the TokenReview that the webhook is asked with: v1 or v1beta1.");
    cacheTtl =
        section.flag(
            "authentication-token-webhook-cache-ttl",
            DURATION,
            "2m0s",
            "How long an answer of the token webhook holds; 0 asks every time.");
  }

  /**
   * @param cluster which is asked, in place of a webhook
   */
  Optional<TokenWebhookConfig> toConfig(Optional<ClusterLocation> cluster, Faults faults) {
    ReviewVersion asked = version.read(faults);
    Duration ttl = cacheTtl.read(faults);
    if (cluster.isPresent()) {
      faults.check(
          !file.isSet(), file.label(), file.text(), "no cluster that reviews tokens beside it");
      return cluster.map(given -> TokenWebhookConfig.cluster(given, ttl));
    }
    return file.read(faults).map(given -> new TokenWebhookConfig(given, asked, ttl));
  }

  void checkFiles(GivenFiles files, FileCheck kubeconfig) {
    files.check(file, GivenFiles.KUBECONFIG, kubeconfig);
  }
}
