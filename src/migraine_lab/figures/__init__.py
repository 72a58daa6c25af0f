"""How it looks: matplotlib artists drawn from frames. No widgets, no statistics, no pyplot state."""
