package dev.sallyport.resources.kinds.pod;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/** How a container is asked how it is, and what it is told at its start and end. */
final class HandlerRules {

  private static final String[] TYPES = {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};

  private HandlerRules() {}

  /** The probes and the lifecycle of a container that runs on. */
  static void all(Field container, long grace) {
    for (String event : new String[] {"postStart", "preStop"}) {
      Field handler = container.at("lifecycle", event);
      if (handler.present()) {
        handler(handler, grace);
      }
    }
    probe(container.at("livenessProbe"), grace);
    probe(container.at("readinessProbe"), grace);
    probe(container.at("startupProbe"), grace);
  }

  private static void probe(Field probe, long grace) {
    if (!probe.present()) {
      return;
    }
    handler(probe, grace);
    for (String member :
        new String[] {
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold"
        }) {
      probe.at(member).nonNegative();
    }
    Field end = probe.at("terminationGracePeriodSeconds");
    end.positive();
    if (probe.path().endsWith("readinessProbe")) {
      if (end.present()) {
        end.invalid("must not be set for readinessProbes");
      }
    } else if (probe.at("successThreshold").number() != 1) {
      probe.at("successThreshold").invalid("must be 1");
    }
  }

  private static void handler(Field handler, long grace) {
    boolean typed = false;
    for (String type : TYPES) {
      Field action = handler.at(type);
      if (action.present()) {
        if (typed) {
          action.forbidden("may not specify more than 1 handler type");
        } else {
          typed = true;
          action(type, action, grace);
        }
      }
    }
    if (!typed) {
      handler.required("must specify a handler type");
    }
  }

  private static void action(String type, Field action, long grace) {
    switch (type) {
      case "exec" -> action.at("command").given();
      case "httpGet" -> http(action);
      case "tcpSocket", "grpc" -> action.at("port").portOrName();
      default -> sleep(action, grace);
    }
  }

  private static void http(Field action) {
    action.at("path").given();
    action.at("port").portOrName();
    if (!action.at("scheme").text().equals("HTTP") && !action.at("scheme").text().equals("HTTPS")) {
      action.at("scheme").unsupported("HTTP", "HTTPS");
    }
    Field headers = action.at("httpHeaders");
    headers.each(
        header -> {
          String name = header.at("name").text();
          headers.faults().invalid(headers.path(), name, Names.headerName(name));
        });
  }

  private static void sleep(Field sleep, long grace) {
    long seconds = sleep.at("seconds").number();
    if (seconds < 0 || seconds > grace) {
      sleep
          .faults()
          .invalid(
              sleep.path(),
              seconds,
              "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
    }
  }
}
