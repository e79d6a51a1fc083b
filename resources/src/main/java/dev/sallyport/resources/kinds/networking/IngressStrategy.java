package dev.sallyport.resources.kinds.networking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Addresses;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/**
 * Ingresses.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/ingress/">Ingress</a>
 */
final class IngressStrategy implements KindStrategy {

  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field backend = spec.at("defaultBackend");
    if (spec.at("rules").size() == 0 && !backend.present()) {
      faults.invalid(
          spec.path(),
          spec.at("rules").present() ? spec.at("rules").node() : null,
          "either `defaultBackend` or `rules` must be specified");
    }
    if (backend.present()) {
      IngressBackend.check(backend);
    }
    spec.at("rules").each(IngressStrategy::rule);
    spec.at("tls").each(IngressStrategy::tls);
    if (spec.at("ingressClassName").present()) {
      spec.at("ingressClassName").is(Names::subdomain);
    }
  }

  private static void rule(Field rule) {
    Field host = rule.at("host");
    if (!host.isEmpty()) {
      if (Addresses.ip(host.text()).isEmpty()) {
        host.invalid("must be a DNS name, not an IP address");
      }
      host(host);
    }
    if (rule.at("http").present()) {
      rule.at("http", "paths").given();
      rule.at("http", "paths").each(IngressPath::check);
    }
  }

  private static void host(Field host) {
    if (host.text().indexOf('*') >= 0) {
      host.is(Names::wildcardSubdomain);
    } else {
      host.is(Names::subdomain);
    }
  }

  private static void tls(Field tls) {
    tls.at("hosts").each(IngressStrategy::host);
    tls.at("secretName").isIfSet(Names::subdomain);
  }

  @Override
  public void validateCreate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field annotation = root.at("metadata", "annotations").at(CLASS_ANNOTATION);
    Field name = root.at("spec", "ingressClassName");
    if (annotation.present() && name.present() && !annotation.text().equals(name.text())) {
      faults.invalid(
          "annotations." + CLASS_ANNOTATION,
          annotation.text(),
          "must match `ingressClassName` when both are specified");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.equals("status")) {
      Field.root(object, faults)
          .at("status", "loadBalancer", "ingress")
          .each(IngressStrategy::point);
    }
  }

  private static void point(Field point) {
    point.at("ip").isIfSet(Addresses::ip);
    Field host = point.at("hostname");
    if (!host.isEmpty()) {
      host.is(Names::subdomain);
      if (Addresses.ip(host.text()).isEmpty()) {
        host.invalid("must be a DNS name, not an IP address");
      }
    }
  }
}
