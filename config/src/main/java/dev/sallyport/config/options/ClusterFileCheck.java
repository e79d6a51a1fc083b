package dev.sallyport.config.options;

import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.file.InvalidFileException;

/** Looks whether a kubeconfig holds clusters to serve, at start. */
@FunctionalInterface
public interface ClusterFileCheck {

  /**
   * @param reference with "" for all contexts
   */
  void check(KubeconfigReference reference) throws InvalidFileException;
}
