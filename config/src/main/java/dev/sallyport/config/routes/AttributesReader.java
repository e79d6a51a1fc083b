package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the block that kube-rbac-proxy's file has under {@code authorization}. */
final class AttributesReader {

  private static final String PATTERNS = "patterns";

  private final Fields fields;

  private AttributesReader(Fields fields) {
    this.fields = fields;
  }

  static AttributesConfig read(Fields fields) {
    return new AttributesReader(fields).read();
  }

  private AttributesConfig read() {
    Rewrites rewrites = rewrites(fields.object("rewrites"));
    Optional<ResourceQuestion> resource =
        fields.has("resourceAttributes")
            ? Optional.of(resource(fields.object("resourceAttributes")))
            : Optional.empty();
    resource.ifPresent(asked -> check(asked, rewrites));
    boolean rewriting = rewrites.byValue() || !rewrites.paths().isEmpty();
    if (rewriting && resource.isEmpty()) {
      fields.fault("rewrites", "has nothing to rewrite (expected: resourceAttributes)");
    }
    return new AttributesConfig(
        resource, rewrites, fields.objects("static").stream().map(AttributesReader::rule).toList());
  }

  private static Rewrites rewrites(Fields fields) {
    Fields query = fields.object("byQueryParameter");
    Fields header = fields.object("byHttpHeader");
    Fields path = fields.object("byPath");
    List<PathTemplate> paths = new ArrayList<>();
    for (String text : path.texts(PATTERNS)) {
      parsed(path, PATTERNS, text, PathTemplate::parse).ifPresent(paths::add);
    }
    return new Rewrites(query.text("name"), header.text("name"), paths);
  }

  private static ResourceQuestion resource(Fields fields) {
    return new ResourceQuestion(
        template(fields, "namespace"),
        template(fields, "apiGroup"),
        template(fields, "apiVersion"),
        template(fields, "resource"),
        template(fields, "subresource"),
        template(fields, "name"));
  }

  private static AttributeTemplate template(Fields fields, String field) {
    return parsed(fields, field, fields.text(field), AttributeTemplate::parse)
        .orElse(AttributeTemplate.EMPTY);
  }

  /** A place that nothing can fill would ask the same question of everybody. */
  private void check(ResourceQuestion asked, Rewrites rewrites) {
    List<String> named = rewrites.paths().stream().flatMap(each -> each.names().stream()).toList();
    for (AttributeTemplate each :
        List.of(
            asked.namespace(),
            asked.apiGroup(),
            asked.apiVersion(),
            asked.resource(),
            asked.subresource(),
            asked.name())) {
      if (each.asksForValue() && !rewrites.byValue()) {
        fields.fault(
            "resourceAttributes",
            "{{ .Value }} has no value (expected: rewrites by query parameter or header)");
      }
      for (String segment : each.segments()) {
        if (!named.contains(segment)) {
          fields.fault(
              "resourceAttributes",
              "{{ .Path." + segment + " }} is named by no pattern of rewrites.byPath");
        }
      }
    }
  }

  private static StaticRule rule(Fields fields) {
    // Go's decoder takes a field's name in any case, and older files have it so.
    Fields user = fields.object(fields.has("User") ? "User" : "user");
    boolean resource = fields.bool("resourceRequest").orElse(false);
    StaticRule rule =
        new StaticRule(
            user.text("name"),
            user.texts("groups"),
            fields.text("verb"),
            resource,
            fields.text("namespace"),
            fields.text("apiGroup"),
            fields.text("resource"),
            fields.text("subresource"),
            fields.text("name"),
            fields.text("path"));
    if (resource != rule.path().isEmpty()) {
      fields.fault("needs either resourceRequest: true or a path");
    }
    return rule;
  }

  private static <T> Optional<T> parsed(
      Fields fields, String field, String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      fields.fault(field, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
