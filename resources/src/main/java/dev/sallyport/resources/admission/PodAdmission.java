package dev.sallyport.resources.admission;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.registry.Admission.Operation;
import dev.sallyport.resources.registry.Admission.Request;

/** What the admissions of pods have in common. */
final class PodAdmission {

  private PodAdmission() {}

  /** Whether it is a pod itself, not a subresource of one. */
  static boolean isPod(Request request) {
    return request.subresource().isEmpty()
        && request.resource().group().isEmpty()
        && request.resource().plural().equals("pods");
  }

  static boolean isNewPod(Request request) {
    return request.operation() == Operation.CREATE && isPod(request);
  }

  static StatusException forbidden(Request request, String why) {
    String group = request.resource().group();
    String what =
        group.isEmpty() ? request.resource().plural() : request.resource().plural() + "." + group;
    String subject = request.name().isEmpty() ? what : what + " \"" + request.name() + "\"";
    return new StatusException(
        Status.forbidden(
            group, request.resource().plural(), request.name(), subject + " is forbidden: " + why));
  }
}
