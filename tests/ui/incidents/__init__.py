"""The screens of incidents, driven by keys and clicks over a real station."""
