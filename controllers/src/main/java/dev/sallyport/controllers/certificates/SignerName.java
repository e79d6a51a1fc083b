package dev.sallyport.controllers.certificates;

import org.jspecify.annotations.Nullable;

/** The signers of the cluster itself. Requests to any other are left to whoever serves it. */
public enum SignerName {
  KUBE_APISERVER_CLIENT("kubernetes.io/kube-apiserver-client"),
  KUBE_APISERVER_CLIENT_KUBELET("kubernetes.io/kube-apiserver-client-kubelet"),
  KUBELET_SERVING("kubernetes.io/kubelet-serving"),
  LEGACY_UNKNOWN("kubernetes.io/legacy-unknown");

  private final String text;

  SignerName(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  static @Nullable SignerName of(String text) {
    for (SignerName name : values()) {
      if (name.text.equals(text)) {
        return name;
      }
    }
    return null;
  }
}
