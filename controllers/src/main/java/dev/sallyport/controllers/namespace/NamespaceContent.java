package dev.sallyport.controllers.namespace;

import dev.sallyport.api.Answer;

/** What a namespace holds, of every kind. Any thread, never blocks. */
public interface NamespaceContent {

  /**
   * Asks for the deletion of everything in the namespace.
   *
   * @return how many objects are still there, held by finalizers or grace periods
   */
  Answer<Integer> delete(String namespace);

  /**
   * Takes Kubernetes' own finalizer from a namespace whose deletion was asked for; without another
   * one it is gone then. One that is gone already is left at that.
   */
  Answer<Boolean> release(String namespace);
}
