package dev.sallyport.resources.kinds.flowcontrol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/**
 * FlowSchemas.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/">API
 *     priority and fairness</a>
 */
final class FlowSchemaStrategy implements KindStrategy {

  private static final int PRECEDENCE = 1_000;
  private static final int MOST_PRECEDENCE = 10_000;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    if (spec.path("matchingPrecedence").asInt() == 0) {
      spec.put("matchingPrecedence", PRECEDENCE);
    }
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keepMetadata(object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field spec = root.at("spec");
    Field precedence = spec.at("matchingPrecedence");
    if (precedence.number() <= 0) {
      precedence.invalid("must be a positive value");
    }
    if (precedence.number() > MOST_PRECEDENCE) {
      precedence.invalid("must not be greater than " + MOST_PRECEDENCE);
    }
    if (precedence.number() == 1 && !root.at("metadata", "name").says("exempt")) {
      precedence.invalid("only the schema named 'exempt' may have matchingPrecedence 1");
    }
    if (spec.at("distinguisherMethod").present()) {
      spec.at("distinguisherMethod", "type").oneOfIfSet("ByNamespace", "ByUser");
    }
    Field level = spec.at("priorityLevelConfiguration", "name");
    if (level.given("must reference a priority level")) {
      level.is(Names::subdomain);
    }
    spec.at("rules").each(FlowSchemaStrategy::rule);
  }

  private static void rule(Field rule) {
    Field subjects = rule.at("subjects");
    if (subjects.size() == 0) {
      subjects.required("subjects must contain at least one value");
    }
    subjects.each(FlowSchemaStrategy::subject);
    if (rule.at("resourceRules").size() == 0 && rule.at("nonResourceRules").size() == 0) {
      rule.required("at least one of resourceRules and nonResourceRules has to be non-empty");
    }
    rule.at("resourceRules").each(FlowSchemaStrategy::resourceRule);
    rule.at("nonResourceRules").each(FlowSchemaStrategy::pathRule);
  }

  private static void subject(Field subject) {
    switch (subject.at("kind").text()) {
      case "ServiceAccount" -> {
        only(subject, "serviceAccount");
        Field account = subject.at("serviceAccount");
        if (account.present()) {
          account.at("name").given();
          account.at("namespace").given("must specify namespace for service account");
        }
      }
      case "User" -> named(subject, "user");
      case "Group" -> named(subject, "group");
      default -> subject.at("kind").unsupported("Group", "ServiceAccount", "User");
    }
  }

  private static void named(Field subject, String member) {
    only(subject, member);
    if (subject.at(member).present()) {
      subject.at(member, "name").given();
    }
  }

  private static void only(Field subject, String member) {
    String kind = subject.at("kind").text();
    if (!subject.at(member).present()) {
      subject.at(member).required(member + " is required when subject kind is '" + kind + "'");
    }
    for (String other : new String[] {"serviceAccount", "user", "group"}) {
      if (!other.equals(member) && subject.at(other).present()) {
        subject
            .at(other)
            .forbidden(other + " is forbidden when subject kind is not '" + kindOf(other) + "'");
      }
    }
  }

  private static String kindOf(String member) {
    return switch (member) {
      case "serviceAccount" -> "ServiceAccount";
      case "user" -> "User";
      default -> "Group";
    };
  }

  private static void resourceRule(Field rule) {
    listed(rule.at("verbs"), "verbs must contain at least one value", "verbs");
    listed(rule.at("apiGroups"), "resource rules must supply at least one api group", "api groups");
    listed(rule.at("resources"), "resource rules must supply at least one resource", "resources");
    Field namespaces = rule.at("namespaces");
    if (namespaces.size() == 0 && !rule.at("clusterScope").isTrue()) {
      namespaces.required(
          "resource rules that are not cluster scoped must supply at least one namespace");
    } else if (hasAny(namespaces) && namespaces.size() > 1) {
      namespaces.invalid("if '*' is present, must not specify other namespaces");
    }
  }

  private static void pathRule(Field rule) {
    listed(rule.at("verbs"), "verbs must contain at least one value", "verbs");
    listed(
        rule.at("nonResourceURLs"),
        "nonResourceURLs must contain at least one value",
        "non-resource URLs");
  }

  private static void listed(Field list, String missing, String what) {
    if (list.size() == 0) {
      list.required(missing);
    } else if (hasAny(list) && list.size() > 1) {
      list.invalid("if '*' is present, must not specify other " + what);
    }
  }

  private static boolean hasAny(Field list) {
    for (JsonNode item : list.node()) {
      if (item.asText().equals("*")) {
        return true;
      }
    }
    return false;
  }
}
