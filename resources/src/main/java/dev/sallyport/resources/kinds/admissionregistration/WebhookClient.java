package dev.sallyport.resources.kinds.admissionregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Where a webhook is reached: an https URL or a service. */
final class WebhookClient {

  private static final String FORM = "; desired format: https://host[/path]";
  private static final int HTTPS = 443;

  private WebhookClient() {}

  static void applyDefaults(ObjectNode webhook) {
    if (webhook.path("clientConfig").path("service") instanceof ObjectNode service) {
      Defaults.number(service, "port", HTTPS);
    }
  }

  static void check(Field client) {
    Field url = client.at("url");
    Field service = client.at("service");
    if (url.present() == service.present()) {
      client.required("exactly one of url or service is required");
    } else if (url.present()) {
      url(url);
    } else {
      service(service);
    }
  }

  private static void url(Field field) {
    URI url;
    try {
      url = new URI(field.text());
    } catch (URISyntaxException e) {
      field.required("url must be a valid URL: " + e.getReason() + FORM);
      return;
    }
    if (!"https".equals(url.getScheme())) {
      field.invalid(text(url.getScheme()), "'https' is the only allowed URL scheme" + FORM);
    }
    if (text(url.getRawAuthority()).isEmpty()) {
      field.invalid("", "host must be specified" + FORM);
    }
    part(field, url.getRawUserInfo(), "user information is not permitted in the URL");
    part(field, url.getRawFragment(), "fragments are not permitted in the URL");
    part(field, url.getRawQuery(), "query parameters are not permitted in the URL");
  }

  private static void part(Field field, @Nullable String part, String fault) {
    if (part != null && !part.isEmpty()) {
      field.invalid(part, fault);
    }
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static void service(Field service) {
    service.at("name").given("service name is required");
    service.at("namespace").given("service namespace is required");
    Field port = service.at("port");
    if (port.number() < 1 || port.number() > 65_535) {
      port.invalid("port is not valid: must be between 1 and 65535, inclusive");
    }
    path(service.at("path"));
  }

  private static void path(Field path) {
    String text = path.text();
    if (text.isEmpty() || text.equals("/")) {
      return;
    }
    if (!text.startsWith("/")) {
      path.invalid("must start with a '/'");
      return;
    }
    String steps = text.endsWith("/") ? text.substring(1, text.length() - 1) : text.substring(1);
    StringTokenizer tokens = new StringTokenizer(steps, "/", true);
    int index = 0;
    boolean empty = true;
    while (tokens.hasMoreTokens()) {
      String token = tokens.nextToken();
      if (!token.equals("/")) {
        step(path, index, token);
        empty = false;
      } else {
        missing(path, index, empty);
        empty = true;
        index++;
      }
    }
    missing(path, index, empty);
  }

  private static void missing(Field path, int index, boolean empty) {
    if (empty) {
      path.invalid("segment[" + index + "] may not be empty");
    }
  }

  private static void step(Field path, int index, String step) {
    for (String fault : Names.subdomain(step)) {
      path.invalid("segment[" + index + "]: " + fault);
    }
  }
}
