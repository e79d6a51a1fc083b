package dev.sallyport.resources.kinds.apiregistration;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of apiregistration.k8s.io. */
public final class ApiRegistrationKinds {

  private ApiRegistrationKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("apiregistration.k8s.io", "APIService", new ApiServiceStrategy());
  }
}
