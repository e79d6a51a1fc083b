package dev.sallyport.resources.kinds.networking;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/** Where an ingress sends requests: a service's port, or an object of another kind. */
final class IngressBackend {

  private IngressBackend() {}

  static void check(Field backend) {
    boolean object = backend.at("resource").present();
    boolean service = backend.at("service").present();
    if (object && service) {
      backend.invalid("", "cannot set both resource and service backends");
    } else if (object) {
      reference(backend.at("resource"));
    } else if (service) {
      service(backend);
    } else {
      backend.invalid("", "resource or service backend is required");
    }
  }

  private static void service(Field backend) {
    backend.at("service", "name").givenAndIs(Names::dns1035Label);
    Field name = backend.at("service", "port", "name");
    Field number = backend.at("service", "port", "number");
    boolean named = !name.isEmpty();
    boolean numbered = number.number() != 0;
    if (named && numbered) {
      backend.invalid("", "cannot set both port name & port number");
    } else if (named) {
      name.is(Names::portName);
    } else if (numbered) {
      number.port();
    } else {
      backend.required("port name or number is required");
    }
  }

  /** A reference to an object of any kind in the same namespace. */
  static void reference(Field reference) {
    Field group = reference.at("apiGroup");
    if (group.present()) {
      group.is(Names::subdomain);
    }
    if (reference.at("kind").given("kind is required")) {
      reference.at("kind").is(Names::pathSegment);
    }
    if (reference.at("name").given("name is required")) {
      reference.at("name").is(Names::pathSegment);
    }
  }
}
