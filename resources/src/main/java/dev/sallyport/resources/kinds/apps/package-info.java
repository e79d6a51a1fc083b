/** Workloads: Deployments, ReplicaSets, StatefulSets, DaemonSets and their revisions. */
@NullMarked
package dev.sallyport.resources.kinds.apps;

import org.jspecify.annotations.NullMarked;
