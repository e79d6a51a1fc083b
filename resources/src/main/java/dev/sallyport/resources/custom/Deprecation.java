package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;

/** What users of a deprecated version are told. */
final class Deprecation {

  private Deprecation() {}

  /** The warning of a version; "" for one that is not deprecated. */
  static String warning(JsonNode spec, JsonNode version) {
    if (!version.path("deprecated").asBoolean()) {
      return "";
    }
    String given = version.path("deprecationWarning").asText();
    if (!given.isEmpty()) {
      return given;
    }
    String group = spec.path("group").asText();
    String kind = spec.path("names").path("kind").asText();
    String own = version.path("name").asText();
    String better = "";
    for (JsonNode other : spec.path("versions")) {
      String name = other.path("name").asText();
      if (other.path("served").asBoolean()
          && !other.path("deprecated").asBoolean()
          && VersionOrder.PREFERRED_FIRST.compare(name, own) < 0
          && (better.isEmpty() || VersionOrder.PREFERRED_FIRST.compare(name, better) < 0)) {
        better = name;
      }
    }
    String warning = "%s/%s %s is deprecated".formatted(group, own, kind);
    return better.isEmpty() ? warning : warning + "; use %s/%s %s".formatted(group, better, kind);
  }
}
