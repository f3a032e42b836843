"""The browser components: what Streamlit has no widget for. No component talks to another origin."""
