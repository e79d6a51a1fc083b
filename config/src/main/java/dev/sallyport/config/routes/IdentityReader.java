package dev.sallyport.config.routes;

import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.IdentityHeaderNames;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.document.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads how an upstream learns who calls. */
final class IdentityReader {

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  private IdentityReader() {}

  /**
   * Reads the field {@code identity} of an upstream: one word, or a mapping with {@code type} and
   * what belongs to it. What is wrong is noted in the fields.
   *
   * @param folder where relative file names start
   * @param otherwise what holds without the field
   */
  static IdentityConfig parse(Fields upstream, Path folder, IdentityConfig otherwise) {
    if (!upstream.has("identity")) {
      return otherwise;
    }
    if (!upstream.isObject("identity")) {
      String word = upstream.text("identity");
      UpstreamIdentity kind = kind(upstream, "identity", word);
      if (kind == UpstreamIdentity.JWT) {
        upstream.fault("identity", "jwt needs an audience (expected: {type: jwt, audiences: […]})");
      }
      return IdentityConfig.of(kind);
    }
    Fields fields = upstream.object("identity");
    UpstreamIdentity kind = kind(fields, "type", fields.text("type"));
    IdentityConfig identity =
        new IdentityConfig(
            kind,
            names(fields.object("headers")),
            kind == UpstreamIdentity.JWT ? Optional.of(jwt(fields, folder)) : Optional.empty());
    IdentityExtras extras = extras(fields);
    if (extras.any() && !identity.tellsExtras()) {
      fields.fault("extra, clientAddress: expected impersonate or headers beside them");
    }
    return identity.with(extras);
  }

  private static IdentityExtras extras(Fields fields) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Fields extra : fields.objects("extra")) {
      String key = extra.text("key").toLowerCase(Locale.ROOT);
      if (key.isEmpty()) {
        extra.fault("key", "missing");
      }
      for (String value : extra.texts("values")) {
        if (!IdentityExtras.tellable(value)) {
          extra.fault("values", "expected texts of one line");
        }
        IdentityExtras.add(all, key, value);
      }
    }
    return new IdentityExtras(fields.bool("clientAddress").orElse(false), all);
  }

  private static UpstreamIdentity kind(Fields fields, String field, String word) {
    if (word.isEmpty()) {
      return UpstreamIdentity.HEADERS;
    }
    for (UpstreamIdentity each : UpstreamIdentity.values()) {
      if (each.flagValue().equals(word)) {
        return each;
      }
    }
    fields.fault(field, "expected headers, impersonate, jwt or none");
    return UpstreamIdentity.HEADERS;
  }

  private static IdentityHeaderNames names(Fields fields) {
    IdentityHeaderNames usual = IdentityHeaderNames.USUAL;
    return new IdentityHeaderNames(
        name(fields, "user", usual.user()),
        name(fields, "uid", usual.uid()),
        name(fields, "groups", usual.groups()),
        name(fields, "extraPrefix", usual.extraPrefix()),
        fields.text("groupsSeparator"));
  }

  private static JwtIdentityConfig jwt(Fields fields, Path folder) {
    List<String> audiences = fields.texts("audiences");
    if (audiences.isEmpty()) {
      fields.fault("audiences", "expected whom the token is for");
    }
    return new JwtIdentityConfig(
        audiences,
        name(fields, "header", JwtIdentityConfig.AUTHORIZATION),
        lifetime(fields),
        Values.path(fields, "signingKey", folder));
  }

  private static Duration lifetime(Fields fields) {
    Duration time = Values.duration(fields, "lifetime", JwtIdentityConfig.LIFETIME);
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      fields.fault("lifetime", "expected a time between 10s and 24h");
      return JwtIdentityConfig.LIFETIME;
    }
    return time;
  }

  private static String name(Fields fields, String field, String usual) {
    String name = fields.optionalText(field).orElse(usual);
    if (!HeaderName.valid(name)) {
      fields.fault(field, "expected a header's name");
      return usual;
    }
    return name;
  }
}
