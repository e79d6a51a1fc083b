package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Names;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a definition may have its versions converted. */
final class ConversionRules {

  private static final String FIELD = "spec.conversion";
  private static final String CLIENT = FIELD + ".webhookClientConfig";
  private static final String REVIEWS = FIELD + ".conversionReviewVersions";

  private ConversionRules() {}

  static void check(JsonNode conversion, Faults faults) {
    String strategy = conversion.path("strategy").asText();
    switch (strategy) {
      case "None" -> {
        if (conversion.has("webhook")) {
          faults.forbidden(CLIENT, "should not be set when strategy is not set to Webhook");
        }
      }
      case "Webhook" -> webhook(conversion.path("webhook"), faults);
      default -> faults.unsupported(FIELD + ".strategy", strategy, "None", "Webhook");
    }
  }

  private static void webhook(JsonNode webhook, Faults faults) {
    JsonNode client = webhook.path("clientConfig");
    if (client.isMissingNode()) {
      faults.required(CLIENT, "required when strategy is set to Webhook");
    } else if (client.has("url") == client.has("service")) {
      faults.required(CLIENT, "exactly one of url or service is required");
    } else if (client.has("url")) {
      String url = client.path("url").asText();
      String wrong = wrongWith(url);
      if (wrong != null) {
        faults.invalid(CLIENT + ".url", url, wrong);
      }
    } else {
      service(client.path("service"), faults);
    }
    reviews(webhook.path("conversionReviewVersions"), faults);
  }

  /** Why it is no address of a webhook, or null. */
  private static @Nullable String wrongWith(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      return "url must be a valid URL: " + e.getMessage();
    }
    if (!"https".equals(url.getScheme())) {
      return "'https' is the only allowed URL scheme; desired format: https://host[/path]";
    }
    if (url.getHost() == null) {
      return "host must be specified; desired format: https://host[/path]";
    }
    if (url.getUserInfo() != null) {
      return "user information is not permitted in the URL";
    }
    if (url.getFragment() != null) {
      return "fragments are not permitted in the URL";
    }
    return url.getQuery() == null ? null : "query parameters are not permitted in the URL";
  }

  private static void service(JsonNode service, Faults faults) {
    for (String member : List.of("name", "namespace")) {
      if (service.path(member).asText().isEmpty()) {
        faults.required(CLIENT + ".service." + member, "");
      }
    }
    int port = service.path("port").asInt();
    if (port < 1 || port > 65535) {
      faults.invalid(
          CLIENT + ".service.port",
          port,
          "port is not valid: must be between 1 and 65535, inclusive");
    }
    String path = service.path("path").asText();
    if (!path.isEmpty() && !path.startsWith("/")) {
      faults.invalid(CLIENT + ".service.path", path, "must start with a '/'");
    }
  }

  private static void reviews(JsonNode versions, Faults faults) {
    if (versions.isEmpty()) {
      faults.required(REVIEWS, "");
      return;
    }
    boolean spoken = false;
    for (int i = 0; i < versions.size(); i++) {
      String version = versions.get(i).asText();
      spoken |= version.equals("v1") || version.equals("v1beta1");
      List<String> wrong = Names.dns1035Label(version);
      if (!wrong.isEmpty()) {
        faults.invalid(REVIEWS + "[" + i + "]", version, String.join(",", wrong));
      }
    }
    if (!spoken) {
      faults.invalid(REVIEWS, versions, "must include at least one of v1, v1beta1");
    }
  }
}
