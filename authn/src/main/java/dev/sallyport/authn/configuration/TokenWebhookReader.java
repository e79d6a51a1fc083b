package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.webhook.RoutedWebhook;
import dev.sallyport.authn.token.webhook.TokenMatch;
import dev.sallyport.authn.token.webhook.TokenMatch.ByIssuer;
import dev.sallyport.authn.token.webhook.TokenMatch.ByPrefix;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.document.Fields;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads webhooks that are asked about some tokens only. For one thread, once. */
final class TokenWebhookReader {
  static final String FIELD = "tokenWebhooks";
  static final String KUBECONFIG = "kubeConfigFile";

  private static final String ISSUER = "issuer";
  private static final String PREFIX = "prefix";
  private static final int MOST = 64;

  private final NamedFiles files;
  private final List<String> ownIssuers;
  private final Set<TokenMatch> seen = new HashSet<>();
  private final Map<String, Fields> issuers = new HashMap<>();

  /**
   * @param ownIssuers issuers that are this server's own
   */
  TokenWebhookReader(NamedFiles files, List<String> ownIssuers) {
    this.files = files;
    this.ownIssuers = ownIssuers;
  }

  /** The good ones; the faults of the others are noted. */
  List<RoutedWebhook> read(Fields document) {
    List<Fields> listed = document.objects(FIELD);
    if (listed.size() > MOST) {
      document.fault(FIELD, listed.size() + " webhooks (expected: at most " + MOST + ")");
    }
    List<RoutedWebhook> all = new ArrayList<>();
    for (Fields fields : listed) {
      RoutedWebhook webhook = webhook(fields);
      if (webhook != null) {
        all.add(webhook);
      }
    }
    return all;
  }

  /** A token that an issuer's own rules refuse must not come in by a webhook. */
  void checkApart(Set<String> jwtIssuers) {
    issuers.forEach(
        (issuer, fields) -> {
          if (jwtIssuers.contains(issuer)) {
            fields.fault(ISSUER, Told.wrong(issuer, "another than those in jwt"));
          }
        });
  }

  private @Nullable RoutedWebhook webhook(Fields fields) {
    WebhookTarget target = null;
    if (fields.text(KUBECONFIG).isEmpty()) {
      fields.fault(KUBECONFIG, Told.missing("a kubeconfig file of a webhook"));
    } else {
      target = files.parse(fields, KUBECONFIG, file -> Kubeconfig.parse(file, files::get));
    }
    ReviewVersion version = version(fields);
    Duration cacheTtl =
        Times.read(fields, "cacheTTL", Duration.ofMinutes(2), Duration.ZERO, Duration.ofHours(1));
    TokenMatch match = match(fields.object("match"));
    return target == null || match == null
        ? null
        : new RoutedWebhook(target, version, cacheTtl, match);
  }

  private static ReviewVersion version(Fields fields) {
    String text = fields.text("version");
    for (ReviewVersion version : ReviewVersion.values()) {
      if (version.flagValue().equals(text)) {
        return version;
      }
    }
    fields.fault("version", Told.wrong(text, "v1 or v1beta1"));
    return ReviewVersion.V1;
  }

  private @Nullable TokenMatch match(Fields match) {
    String issuer = match.text(ISSUER);
    String prefix = match.text(PREFIX);
    if (issuer.isEmpty() == prefix.isEmpty()) {
      match.fault("expected either issuer or prefix");
      return null;
    }
    TokenMatch read = issuer.isEmpty() ? new ByPrefix(prefix) : new ByIssuer(issuer);
    String field = issuer.isEmpty() ? PREFIX : ISSUER;
    if (!seen.add(read)) {
      match.fault(field, Told.wrong(issuer + prefix, "each once"));
    }
    if (!issuer.isEmpty()) {
      issuers.putIfAbsent(issuer, match);
    }
    if (ownIssuers.contains(issuer)) {
      match.fault(
          ISSUER, Told.wrong(issuer, "another than this server's --service-account-issuer"));
    }
    return read;
  }
}
